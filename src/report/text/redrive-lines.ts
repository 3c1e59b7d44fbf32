import { nameIn } from '../../arn.js'
import type { OperationEvent } from '../../operations/events.js'
import type { PeekResult, RedrivePlan } from '../../operations/redrive/results.js'
import type { Outcome } from '../outcome.js'
import { fill, type Page, shown } from '../page.js'
import { dryRunLines } from './call-lines.js'
import { fieldLines } from './mapping-lines.js'
import { marked } from './marked.js'
import { counted, elapsed, joined, waited } from './sentences.js'

/** How many lie there, what the function did last, and what is about to be done. */
export function redriveIntentLines(page: Page, plan: RedrivePlan, verb: 'Will' | 'Would'): readonly string[] {
  const { mapping, deadLetterQueueArn, lastRun } = plan
  const from = nameIn(deadLetterQueueArn)
  const intents: Readonly<Record<RedrivePlan['outcome'], string>> = {
    start: `${verb} move them back to where they came from, as new messages${rateOf(plan)}.`,
    cancel: `${verb} stop the move that runs; what was moved stays moved.`,
    running: 'A move runs already.',
    blocked: '',
    nothing: '',
  }
  const ran: Readonly<Record<typeof lastRun.kind, string>> = {
    well: 'Its last run ended well',
    failed:
      lastRun.kind === 'failed' && lastRun.certain === false
        ? 'Its last run may have failed'
        : 'Its last run failed',
    none: 'It did not run within the last hour',
    unknown: 'How its last run ended cannot be told',
  }
  const at = 'at' in lastRun ? `, at ${lastRun.at}` : ''
  return [
    ...fieldLines(page, [
      ['Dead letters', `${from}: ${held(plan)}`],
      ['Function', `${nameIn(mapping.functionArn)}. ${ran[lastRun.kind]}${at}`],
      ...othersOf(plan),
    ]),
    ...(intents[plan.outcome] === '' ? [] : fill(page, shown(page, intents[plan.outcome]), 0, 2)),
  ]
}

/** The queues whose messages a move takes back as well. */
function othersOf({ otherSources, mapping }: RedrivePlan): readonly (readonly [string, string])[] {
  if (otherSources === null) {
    return [['Also from', `whether other queues than ${nameIn(mapping.queueArn)} use it may not be read`]]
  }
  const names = otherSources.map(({ queueArn }) => nameIn(queueArn))
  return names.length === 0 ? [] : [['Also from', `${joined(names)}: a move sends their messages back, too`]]
}

const isEmpty = ({ counters: { visible, inFlight, delayed } }: RedrivePlan) =>
  visible + inFlight + delayed === 0

const held = ({ counters: { visible, inFlight, delayed } }: Pick<RedrivePlan, 'counters'>) =>
  `about ${counted(visible, 'message')}${inFlight + delayed === 0 ? '' : `, ${inFlight} in flight, ${delayed} delayed`}`

function rateOf({ changes }: RedrivePlan): string {
  const rate = changes.flatMap((change) => (change.action === 'start' ? (change.maxPerSecond ?? []) : []))[0]
  return rate === undefined ? '' : `, ${rate} a second`
}

export function redrivePlanLines(
  page: Page,
  { plan, calls }: Extract<Outcome, { kind: 'redrive-plan' }>,
): readonly string[] {
  return [...redriveIntentLines(page, plan, 'Would'), ...dryRunLines(page, calls)]
}

export function redrivenLines(
  page: Page,
  { plan, result }: Extract<Outcome, { kind: 'redriven' }>,
): readonly string[] {
  const { outcome, task, waitedMs } = result
  const from = nameIn(plan.deadLetterQueueArn)
  const after = waitedMs >= 1000 ? ` after ${waited(page, waitedMs)}` : ''
  const number = task === null ? 'Messages' : counted(task.moved, 'message')
  switch (outcome) {
    case 'moved':
      return marked(page, 'pass', `${number} moved out of ${from}${after}`)
    case 'moving':
      return marked(page, 'pass', `SQS moves the messages out of ${from}, and goes on by itself`)
    case 'cancelled':
      return marked(
        page,
        'pass',
        `The move out of ${from} was stopped; ${task?.moved ?? 0} were moved before`,
      )
    case 'nothing':
      return marked(
        page,
        'pass',
        isEmpty(plan)
          ? `There is nothing to move out of ${from}, and nothing to stop`
          : `No move out of ${from} runs: there is nothing to stop`,
      )
  }
}

/** The messages one below the other, each as it lies there. */
export function peekLines(
  page: Page,
  { deadLetterQueueArn, counters, messages }: PeekResult,
): readonly string[] {
  return [
    ...fill(page, `${nameIn(deadLetterQueueArn)}: ${held({ counters })}`, 0, 2),
    ...messages.flatMap(({ messageId, body, sentAt, receives, sourceArn }) => [
      '',
      ...fieldLines(page, [
        ['Message', messageId],
        ['Sent', sentAt ?? 'SQS does not say'],
        ['From', sourceArn === null ? 'SQS does not say' : nameIn(sourceArn)],
        ['Receives', `${receives}, this look included`],
        ['Body', body],
      ]),
    ]),
  ]
}

type ProgressEvent = Extract<OperationEvent, { readonly type: 'move-progress' }>

/** `25 of about 50 moved`. */
const progress = ({ moved, toMove }: ProgressEvent) =>
  `${moved}${toMove === null ? '' : ` of about ${toMove}`} moved`

/** A line where the number is another: what a log is given. */
export function movingLines(page: Page): (event: ProgressEvent) => readonly string[] {
  let last: string | undefined
  return (event) => {
    const words = `${event.status}  ${progress(event)}`
    if (words === last) return []
    last = words
    if (page.accessible) return [shown(page, `${progress(event)}, ${waited(page, event.elapsedMs)}`)]
    return [shown(page, `${elapsed(event.elapsedMs).padStart(5)}  ${words}`)]
  }
}

/** `Moving 0:12 · 25 of about 50 moved`, with a clock that runs between the looks. */
export function movingText(page: Page, event: ProgressEvent, now: () => number): () => string {
  const seenAt = now()
  return () =>
    shown(
      page,
      [`Moving ${elapsed(event.elapsedMs + now() - seenAt)}`, progress(event)].join(page.glyphs.between),
    )
}
