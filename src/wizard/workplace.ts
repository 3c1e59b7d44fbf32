import type { CommandContext } from '../cli/command-context.js'
import { SqsTriggerError } from '../errors.js'
import type { CallContext } from '../operations/events.js'
import type { Session } from '../operations/session.js'
import { askRegion } from './ask-region.js'
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
      const session = await sessionSomewhere(context)
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

/** Where no Region is set, it is one more thing to choose. */
async function sessionSomewhere(context: CommandContext): Promise<Session> {
  try {
    return await context.session()
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || error.code !== 'NO_REGION') throw error
    context.reporter.pause()
    context.reporter.note(error.message)
    context.reconnect({ region: await askRegion(undefined, context.prompter) })
    return context.session()
  }
}
