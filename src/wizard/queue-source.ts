import { nameIn } from '../arn.js'
import type { ListRow, ListSource } from './list-prompt.js'
import { rowsOf, together, troubleOf } from './list-source.js'
import type { TargetLists } from './target-lists.js'

/** The queues as rows: type, backlog, visibility timeout, and what speaks against one. */
export function queueSource({ queues, queueDetails, mappings }: TargetLists): ListSource {
  return {
    rows: rowsOf(queues, ({ name, arn }) => ({ key: name, name, aliases: [arn] })),
    reading: () => queues.ending() === undefined,
    trouble: () => troubleOf(queues),
    look: (rows) => queueDetails.want(rows.map(({ key }) => key)),
    settled: (rows) =>
      rows.every(({ key }) => queueDetails.of(key) !== undefined) && mappings.ending() !== undefined,
    onChange: together(queues, queueDetails, mappings),
    cells,
    mark: ({ name, aliases: [arn = ''] = [] }) =>
      queueDetails.of(name) === undefined ? '' : markOf(name, arn),
  }

  function cells({ name }: ListRow): readonly string[] {
    const type = name.endsWith('.fifo') ? 'FIFO' : 'standard'
    const known = queueDetails.of(name)
    if (known === undefined) return [type]
    if (known === null) return [type, 'cannot be read', '']
    const { messages, visibilityTimeoutSeconds } = known
    return [
      type,
      `${messages.visible.toLocaleString('en')} waiting`,
      `visibility ${visibilityTimeoutSeconds} s`,
    ]
  }

  function markOf(name: string, arn: string): string {
    const readers = mappings.items().filter(({ queueArn }) => queueArn === arn)
    const [first, ...others] = readers.map(({ functionArn }) => nameIn(functionArn))
    if (first !== undefined) {
      return `wired already to ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`
    }
    const sender = deadLettersOf(arn)
    return sender === undefined || sender === name ? '' : `dead-letter queue of ${sender}`
  }

  /** Of the queues that were read so far. */
  function deadLettersOf(arn: string): string | undefined {
    return queues.items().find(({ name }) => queueDetails.of(name)?.redrive?.deadLetterQueueArn === arn)?.name
  }
}
