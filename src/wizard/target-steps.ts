import { readFunctionReference, readQueueReference } from '../arn.js'
import { readFunction } from '../aws/lambda-function.js'
import { type Queue, readQueue } from '../aws/queue.js'
import { resolveFunction, resolveQueue } from '../aws/resolve-target.js'
import type { CommandContext } from '../cli/command-context.js'
import { loginWords } from '../cli/sign-in.js'
import { untilStopped } from '../cli/until-stopped.js'
import { isSignedOut, SqsTriggerError } from '../errors.js'
import { askName, type NameAnswer, type NameBefore, type NameQuestion } from './ask-name.js'
import { askRegion } from './ask-region.js'
import { functionSource } from './function-source.js'
import { queueSource } from './queue-source.js'
import { type StepFor, WentBack } from './step-machine.js'
import type { Place, Workplace } from './workplace.js'

export interface TargetAnswers {
  /** Name, URL or ARN. */
  readonly queue: string
  /** Name, `name:alias`, partial or full ARN. */
  readonly function: string
}

/** Names that were typed on the command line. */
export type GivenNames = { readonly [Name in keyof TargetAnswers]: string | undefined }

const queueQuestion: NameQuestion = {
  label: 'Queue',
  plural: 'queues',
  forms: 'name, URL or ARN',
  source: ({ lists }) => queueSource(lists),
  ending: ({ lists }) => lists.queues.ending(),
  regionIn: (text) => {
    const reference = readQueueReference(text)
    if (reference.kind === 'arn') return reference.address.region
    return reference.kind === 'url' ? reference.region : undefined
  },
  look: readChosen,
}

/** Which queue. */
export function queueStep(
  given: GivenNames,
  workplace: Workplace,
  context: CommandContext,
): StepFor<TargetAnswers, 'queue'> {
  let before: NameBefore | undefined
  return {
    key: 'queue',
    restsOn: [],
    ask: async (_known, first) => {
      if (given.queue !== undefined) return { value: given.queue, asked: false }
      let moved: Moved | undefined
      for (;;) {
        try {
          const canGoBack = !first || moved !== undefined
          const ask = () => askName(queueQuestion, before, canGoBack, workplace, context)
          const answer = await withFreshLists(context, ask)
          if (answer.kind === 'name') {
            before = answer
            return { value: answer.name, asked: true }
          }
          moved = answer
        } catch (error) {
          if (!(error instanceof WentBack) || moved === undefined) throw error
          moved = await movedAgain(moved, workplace, context)
        }
      }
    },
  }
}

type Moved = Extract<NameAnswer, { readonly kind: 'moved' }>

/** Esc in the Region that a person went to leads to the question for it, and from there to where there was nothing. */
async function movedAgain(
  { from, to }: Moved,
  workplace: Workplace,
  { prompter }: CommandContext,
): Promise<Moved | undefined> {
  try {
    const other = await askRegion(from, prompter, to)
    if (other !== to) workplace.move(other)
    return { kind: 'moved', from, to: other }
  } catch (error) {
    if (!(error instanceof WentBack)) throw error
    workplace.move(from)
    return undefined
  }
}

/** Which function. The queue matters for what speaks against one, not for what may be answered. */
export function functionStep(
  given: GivenNames,
  workplace: Workplace,
  context: CommandContext,
): StepFor<TargetAnswers, 'function'> {
  let before: NameBefore | undefined
  return {
    key: 'function',
    restsOn: [],
    ask: async ({ queue }, first) => {
      if (given.function !== undefined) return { value: given.function, asked: false }
      for (;;) {
        const answer = await withFreshLists(context, async () => {
          const chosen = queue === undefined ? null : await queueIfReadable(queue, await workplace.enter())
          return askName(functionQuestion(chosen), before, !first, workplace, context)
        })
        if (answer.kind === 'name') {
          before = answer
          return { value: answer.name, asked: true }
        }
        // The queue was one of the Region that was left.
        if (!first) throw new WentBack()
      }
    },
  }
}

/**
 * The lists are read behind a question that is open, where nobody can be asked to sign in again: a new session asks,
 * before it reads them anew.
 */
async function withFreshLists<Result>(context: CommandContext, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await untilStopped(ask(), context.signal)
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || loginWords(error) === undefined) throw error
    context.reconnect()
    return untilStopped(ask(), context.signal)
  }
}

function functionQuestion(queue: Queue | null): NameQuestion {
  return {
    label: 'Function',
    plural: 'functions',
    forms: 'name, name:alias or ARN',
    source: ({ lists }) => functionSource(lists, queue),
    ending: ({ lists }) => lists.functions.ending(),
    regionIn: (text) => {
      const reference = readFunctionReference(text)
      return reference.kind === 'arn' ? reference.address.region : undefined
    },
    look: (text, { session: { clients }, caller }) =>
      readFunction(clients, resolveFunction(clients, text, caller)),
  }
}

/** @throws SqsTriggerError QUEUE_NOT_FOUND, ACCESS_DENIED */
async function readChosen(text: string, { session: { clients }, caller }: Place): Promise<Queue> {
  return readQueue(clients, await resolveQueue(clients, text, caller))
}

/** null: it cannot be read, which the checks will say. */
export async function queueIfReadable(text: string, place: Place): Promise<Queue | null> {
  const known = place.lists.queueDetails.of(text)
  return known ?? ifReadable(readChosen(text, place))
}

/** What cannot be read is null; where nobody is signed in any more, that is another matter. */
export async function ifReadable<Value>(read: Promise<Value>): Promise<Value | null> {
  try {
    return await read
  } catch (error) {
    if (error instanceof SqsTriggerError && !isSignedOut(error)) return null
    throw error
  }
}
