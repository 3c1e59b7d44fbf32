/** `batchSize` → `batch-size`. */
export const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** `batchSize` → `--batch-size`, as it is typed. */
export const flagOf = (name: string) => `--${kebab(name)}`
