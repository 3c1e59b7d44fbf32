import type { CommandContext } from '../cli/command-context.js'
import type { CallContext } from '../operations/events.js'
import type { Session } from '../operations/session.js'
import { openTargetLists, type TargetLists } from './target-lists.js'

/** Who acts, where, and what there is to choose from. */
export interface Place {
  readonly session: Session
  readonly caller: CallContext
  readonly lists: TargetLists
}

/** The place where the questions are asked: a person may go to another Region, or sign in again. */
export interface Workplace {
  /**
   * Says who acts where, the first time and after each change.
   * @throws SqsTriggerError when nobody is signed in.
   */
  enter(): Promise<Place>
  move(region: string): void
  /** Asks for no more pages of the lists. */
  leave(): void
}

export function openWorkplace(context: CommandContext): Workplace {
  let place: Place | undefined

  async function identified(session: Session): Promise<Place> {
    const { readContext } = await import('../operations/call-context.js')
    const caller = await readContext(session)
    context.reporter.on({ type: 'caller-identified', context: caller })
    context.reporter.note('')
    return { session, caller, lists: openTargetLists(session.clients, caller) }
  }

  return {
    enter: async () => {
      const session = await context.session()
      if (place?.session !== session) {
        place?.lists.stop()
        place = await identified(session)
      }
      context.reporter.pause()
      return place
    },
    move: (region) => context.reconnect({ region }),
    leave: () => place?.lists.stop(),
  }
}
