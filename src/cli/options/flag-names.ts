/** `batchSize` → `batch-size`. */
export const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** `batchSize` → `--batch-size`, as it is typed. */
export const flagOf = (name: string) => `--${kebab(name)}`

/** How a value is given to what is named: `--timeout 2m`, `SQS_TRIGGER_TIMEOUT=2m`. */
export const typedAs = (name: string, value: string | number) =>
  name.startsWith('-') ? `${name} ${value}` : `${name}=${value}`
