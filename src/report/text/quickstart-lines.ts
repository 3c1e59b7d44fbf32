import { nameIn } from '../../arn.js'
import type {
  QuickstartPlan,
  QuickstartResult,
  RemovalPlan,
  RemovalResult,
} from '../../operations/quickstart/results.js'
import type { ApiCall } from '../outcome.js'
import { fill, type Page, shown } from '../page.js'
import { callLines } from './call-lines.js'
import { linkLines } from './link-lines.js'
import { fieldLines } from './mapping-lines.js'
import { marked } from './marked.js'
import { proofLines } from './proof.js'
import { counted, waited } from './sentences.js'

/** What there will be, in the words of a newcomer. */
const meanings: Readonly<Record<string, string>> = {
  DeadLetterQueue: 'keeps for 14 days what failed five times',
  Queue: 'where messages come in; one that fails comes back after a minute',
  LogGroup: 'what the function writes, for 14 days',
  Role: 'lets the function read that queue, write that log, and nothing else',
  Function: 'Node.js, logs each message and says which of a batch failed',
  Mapping: 'hands the function up to ten messages at a time',
}

/** What is about to be made, what it means for the bill, and which messages follow. */
export function quickstartIntent(
  page: Page,
  plan: QuickstartPlan,
  { verb, sendTest }: { readonly verb: 'Will' | 'Would'; readonly sendTest: boolean },
): readonly string[] {
  const { name, options, outcome, resources } = plan
  const say = (text: string) => fill(page, shown(page, text), 0, 2)
  const what = {
    create: `${verb} make CloudFormation stack ${name} with:`,
    resume: `Stack ${name} is ${plan.stack?.status}: ${verb.toLowerCase()} wait for it.`,
    unchanged: `Nothing to do: stack ${name} is there already, with what was asked for.`,
    conflict: '',
  }[outcome]
  const fresh = outcome === 'create'
  const tags = Object.entries(options.tags).map(([key, value]) => `${key}=${value}`)
  return [
    ...(what === '' ? [] : say(what)),
    ...(fresh
      ? fieldLines(
          page,
          resources.map(({ resource }) => [resource, wordsFor(resource, plan)]),
        )
      : []),
    ...(fresh && tags.length > 0
      ? say(
          `Tags of queues, function and mapping: ${tags.join(', ')}. Cost reports know them once they are activated as cost allocation tags in the Billing console.`,
        )
      : []),
    ...(fresh && options.sms ? say(smsWords) : []),
    ...(sendTest && (fresh || outcome === 'resume') ? say(testWords(plan, verb)) : []),
  ]
}

function testWords({ batches, options: { sms } }: QuickstartPlan, verb: 'Will' | 'Would'): string {
  const many = `one message, then a batch of ${batches.at(-1)}`
  const paid = sms ? `, and ${sumOf(batches)} text messages go out` : ''
  const does =
    verb === 'Will'
      ? `Then sends ${many}, and proves that they arrive`
      : `Then it would send ${many}, and prove that they arrive`
  return `${does}: the function really runs${paid}.`
}

const sumOf = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0)

function wordsFor(resource: string, { options: { fifo, sms } }: QuickstartPlan): string {
  const meaning = meanings[resource] ?? ''
  if (resource === 'Queue' || resource === 'DeadLetterQueue')
    return `${fifo ? 'FIFO' : 'standard'}: ${meaning}`
  if (!sms) return meaning
  if (resource === 'Role') return 'lets the function read that queue, write that log, and publish to phones'
  return resource === 'Function' ? `${meaning}; sends each to the phone, too` : meaning
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-sms-sandbox.html */
const smsWords =
  'AWS charges for each text message. A new account is in the SMS sandbox of SNS: it reaches only numbers that were verified there (SNS console, Text messaging). Some countries also want an origination number. Whoever may read the configuration of the function sees the number.'

export function quickstartPlanLines(
  page: Page,
  plan: QuickstartPlan,
  calls: readonly ApiCall[],
  sendTest: boolean,
): readonly string[] {
  return [...quickstartIntent(page, plan, { verb: 'Would', sendTest }), ...dryRunLines(page, calls)]
}

export function quickstartedLines(
  page: Page,
  { name }: QuickstartPlan,
  result: QuickstartResult,
): readonly string[] {
  const how =
    result.outcome === 'created'
      ? `is complete${after(page, result.waitedMs)}`
      : 'is there already: nothing was changed'
  return [
    ...marked(page, 'pass', `Stack ${name} ${how}`),
    ...fieldLines(page, [
      ['Queue', nameIn(result.queueArn)],
      ['Dead letters', nameIn(result.deadLetterQueueArn)],
      ['Function', nameIn(result.functionArn)],
      ['Mapping', result.mappingId],
      ['Log', result.logGroup],
    ]),
    ...result.sent.flatMap(({ messages, proof }) => [
      messages.length === 1 ? 'One message' : `A batch of ${messages.length}, looked at by its first message`,
      ...(proof === null ? [] : proofLines(page, proof)),
    ]),
    ...(result.links === null ? [] : linkLines(page, result.links)),
  ]
}

/** What goes, each by its name. */
export function removalIntent(
  page: Page,
  { name, outcome, resources }: RemovalPlan,
  verb: 'Will' | 'Would',
): readonly string[] {
  const say = (text: string) => fill(page, shown(page, text), 0, 2)
  if (outcome === 'unchanged') return say(`There is no stack ${name}: nothing to delete.`)
  if (outcome === 'conflict') return []
  const what = outcome === 'resume' ? `AWS is deleting stack ${name} already` : `${verb} delete stack ${name}`
  if (resources.length === 0) return say(`${what}; nothing is left of what it made.`)
  return [
    ...say(`${what}, and with it:`),
    ...fieldLines(
      page,
      resources.map(({ resource, physicalId }) => [resource, lastOf(physicalId)]),
    ),
    ...say('The messages in its queues and what its function wrote go with them.'),
  ]
}

/** A queue goes by its address: the name is enough. */
const lastOf = (physicalId: string | null) => physicalId?.split('/').at(-1) ?? ''

export function removalPlanLines(
  page: Page,
  plan: RemovalPlan,
  calls: readonly ApiCall[],
): readonly string[] {
  return [...removalIntent(page, plan, 'Would'), ...dryRunLines(page, calls)]
}

export const removedLines = (page: Page, { name }: RemovalPlan, result: RemovalResult): readonly string[] =>
  marked(
    page,
    'pass',
    result.outcome === 'deleted'
      ? `Stack ${name} and all that it made is deleted${after(page, result.waitedMs)}`
      : `There is no stack ${name}: nothing to delete`,
  )

/** The template is long, and can be had by itself. */
const dryRunLines = (page: Page, calls: readonly ApiCall[]) => [
  ...calls.flatMap(({ input, ...call }) => {
    const told = 'TemplateBody' in input ? { ...input, TemplateBody: 'as --print=json prints it' } : input
    return ['', ...callLines(page, { ...call, input: told })]
  }),
  '',
  page.paint.strong('Dry run: nothing was changed.'),
]

const after = (page: Page, ms: number) => (ms >= 1000 ? ` after ${waited(page, ms)}` : '')

/** For the question: `6 test messages`. */
export const testMessages = ({ batches }: QuickstartPlan) => counted(sumOf(batches), 'test message')
