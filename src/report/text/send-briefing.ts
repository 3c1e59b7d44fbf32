import { nameIn } from '../../arn.js'
import { type SendPlan, takers } from '../../operations/send/plan-sending.js'
import { retention } from './retention.js'
import { counted, joined } from './sentences.js'

/**
 * What a person should know before messages are sent: what will run, who else reads, how much waits.
 * @param runsSo `would` where nothing is going to be sent.
 */
export function briefingLines(
  { queue, messages, briefing }: SendPlan,
  runsSo: 'will' | 'would' = 'will',
): readonly string[] {
  const { counters, returnsForSeconds, readers } = briefing
  const taking = takers(briefing)
  const runs = taking === null || taking.length > 0
  return [
    ...(readers === null
      ? [`Who reads ${queue.name} cannot be seen: a function may really run.`]
      : taking !== null && taking.length > 0
        ? whatRuns(
            taking.map(({ functionArn }) => withQualifier(functionArn)),
            queue.name,
            messages.length,
            runsSo,
          )
        : nothingRuns(
            readers.map(({ functionArn }) => withQualifier(functionArn)),
            queue.name,
            messages.length,
          )),
    waiting(counters),
    ...(runs && returnsForSeconds !== null
      ? [
          `${queue.name} has no dead-letter queue: a message that the function rejects comes back for ${retention(returnsForSeconds)}.`,
        ]
      : []),
  ]
}

function whatRuns(names: readonly string[], queue: string, count: number, runsSo: string): readonly string[] {
  const [only, ...others] = names
  const event =
    count === 1 ? 'with this message in its event' : `with ${counted(count, 'message')} in its events`
  return others.length === 0
    ? [`${only} ${runsSo} really run, ${event}.`, `No other function in this account reads ${queue}.`]
    : [
        `${joined(names)} read ${queue} and compete: each message goes to one of them, which ${runsSo} really run.`,
      ]
}

function nothingRuns(names: readonly string[], queue: string, count: number): readonly string[] {
  const stays = count === 1 ? 'the message waits there' : 'the messages wait there'
  return names.length === 0
    ? [`No function in this account reads ${queue}: nothing runs, and ${stays}.`]
    : [`The mapping of ${queue} to ${joined(names)} is Disabled: nothing runs, and ${stays}.`]
}

function waiting(counters: SendPlan['briefing']['counters']): string {
  if (counters === null) return 'How many messages wait there could not be read.'
  const { visible, inFlight, delayed } = counters
  if (visible + inFlight + delayed === 0) return 'No message waits there now.'
  const waits =
    visible === 0 ? 'No message waits' : `About ${counted(visible, 'message waits', 'messages wait')}`
  return `${waits} there now; ${inFlight} in flight, ${delayed} delayed.`
}

/** `worker ($LATEST)`, `worker:live`. */
function withQualifier(functionArn: string): string {
  const name = nameIn(functionArn)
  return name.includes(':') ? name : `${name} ($LATEST)`
}
