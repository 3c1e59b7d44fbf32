/** Gives things names that every format takes, each once. */
export type Namer = (...parts: readonly string[]) => string

/** The words of the parts in Pascal case: `orders.fifo`, `queue name` → `OrdersFifoQueueName`. A name that is taken gets a number. */
export function openNamer(): Namer {
  const taken = new Set<string>()
  return (...parts) => {
    const words = parts.flatMap(wordsOf)
    // `worker-role`, `role name`: said once is enough.
    const base = words.filter((word, index) => word !== words[index - 1])
    for (let number = 1; ; number++) {
      const name = pascal(number === 1 ? base : [...base, String(number)])
      // Terraform and TypeScript write them in other cases, where they must be told apart as well.
      if (taken.has(snakeCase(name))) continue
      taken.add(snakeCase(name))
      return name
    }
  }
}

/** `OrdersFifoQueueName` → `orders_fifo_queue_name` */
export const snakeCase = (name: string) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase()

/** `OrdersFifoQueueName` → `ordersFifoQueueName` */
export const camelCase = (name: string) => name.slice(0, 1).toLowerCase() + name.slice(1)

/** Names that begin with a digit are none in Terraform and TypeScript. */
function pascal(words: readonly string[]): string {
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
  return /^[A-Z]/.test(name) ? name : `X${name}`
}

const wordsOf = (text: string) =>
  text
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
