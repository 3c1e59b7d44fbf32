import { listFunctionPages, listQueuePages } from '../aws/list-targets.js'
import { suggest } from '../suggest.js'
import type { Session } from './session.js'

/** Two names as they were given; `undefined` for one that was not. */
export interface GivenNames {
  readonly queue?: string
  readonly function?: string
}

/** What was probably meant instead. Empty: nothing here has a name that is near. */
export type MeantNames = GivenNames

/** Whoever mistyped a name should not wait for the names of a whole company. */
const mostPages = 5

/**
 * Looks among the queues and functions that exist here for those that were probably meant: both the other way round,
 * or names with a slip of the finger. What may not be listed gives no names.
 */
export async function meantNames(
  given: GivenNames,
  isMissing: { readonly queue: boolean; readonly function: boolean },
  session: Session,
): Promise<MeantNames> {
  const [queues, functions] = await Promise.all([
    firstPages(listQueuePages(session.clients, session.signal), (name) => name),
    firstPages(listFunctionPages(session.clients, session.signal), ({ name }) => name),
  ])
  if (given.queue !== undefined && given.function !== undefined) {
    const swapped = functions.includes(given.queue) && queues.includes(given.function)
    if (swapped) return { queue: given.function, function: given.queue }
  }
  return {
    ...(isMissing.queue ? near('queue', given.queue, queues) : {}),
    ...(isMissing.function ? near('function', given.function, functions) : {}),
  }
}

function near(end: 'queue' | 'function', typed: string | undefined, existing: readonly string[]): MeantNames {
  const meant = typed === undefined ? undefined : suggest(typed, existing)
  return meant === undefined || meant === typed ? {} : { [end]: meant }
}

async function firstPages<Item>(
  pages: AsyncIterable<readonly Item[]>,
  nameOf: (item: Item) => string,
): Promise<readonly string[]> {
  const names: string[] = []
  let read = 0
  try {
    for await (const page of pages) {
      names.push(...page.map(nameOf))
      read += 1
      if (read === mostPages) break
    }
  } catch {
    // It was only to help: what went wrong has been told already.
  }
  return names
}
