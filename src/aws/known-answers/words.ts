import { shellWord } from '../../command-line.js'
import { shown } from '../../shown.js'
import type { FailedCall } from './known-answer.js'

const titles: Readonly<Record<string, string>> = {
  '': 'AWS',
  cloudformation: 'CloudFormation',
  lambda: 'Lambda',
  logs: 'CloudWatch Logs',
  tag: 'The tagging API',
}

/** The service as people say it. */
export const serviceTitle = ({ service }: Pick<FailedCall, 'service'>) =>
  titles[service] ?? service.toUpperCase()

/** The operation as the subject of a sentence. */
export const operation = (call: FailedCall) => call.operation || 'the call'

export const queue = (call: FailedCall) =>
  call.queue === undefined ? 'The queue' : `Queue ${shown(call.queue)}`

export const lambdaFunction = (call: FailedCall) =>
  call.function === undefined ? 'The function' : `Function ${shown(call.function)}`

/** ` in eu-west-1`, where the Region is known. */
export const where = (call: FailedCall) => (call.region === undefined ? '' : ` in ${call.region}`)

/** A command to paste, with the flags that the failed call had. Names that nobody knows stand in quoted angle brackets. */
export function command(
  program: 'aws' | 'sqs-trigger',
  { region, profile, endpoint }: FailedCall,
  ...words: readonly string[]
): string {
  const flags = [
    ...(region ? ['--region', region] : []),
    ...(profile ? ['--profile', profile] : []),
    ...(endpoint ? ['--endpoint-url', endpoint] : []),
  ]
  return [program, ...[...words, ...flags].map(shellWord)].join(' ')
}

export const listQueues = (call: FailedCall) => command('aws', call, 'sqs', 'list-queues')

const listFunctions = (call: FailedCall) =>
  command('aws', call, 'lambda', 'list-functions', '--query', 'Functions[].FunctionName')

/** Looks at both ends beforehand, and mends what can be mended. */
export const mendPair = (call: FailedCall) =>
  command('sqs-trigger', call, 'preflight', queueWord(call), functionWord(call), '--fix')

/** What one of them needs, as a policy to hand on. */
export const policyFor = (call: FailedCall, whom: 'role' | 'caller' | 'key') =>
  command('sqs-trigger', call, 'policy', queueWord(call), functionWord(call), '--for', whom)

/** The last part of an ARN or URL, for commands that take names only. */
export const nameOf = (reference: string | undefined, placeholder: string) =>
  reference === undefined ? placeholder : (reference.split(/[:/]/).at(-1) ?? reference)

/** The queue as our own commands take it: a name or an ARN. */
const queueWord = (call: FailedCall) => call.queue ?? '<queue>'

/** The function as a command wants it: a name with its alias, or an ARN. */
export const functionWord = (call: FailedCall) => call.function ?? '<function>'

/** A text of AWS as the end of a sentence of ours. */
export const withStop = (text: string) => (/[.…]\s*$/.test(text) ? text.trimEnd() : `${text.trimEnd()}.`)

/** What AWS gave as the reason, behind a colon; only a full stop where it gave none. */
export const reason = (text: string) => (text.trim() === '' ? '.' : `: ${withStop(text)}`)

/** The name is wrong, or the place. */
export const functionsThere = (call: FailedCall) =>
  `Check the name, the Region and the account. The functions of your account${where(call)}:\n${listFunctions(call)}`
