import { awsCommand } from '../command-line.js'
import type { PolicyRequest, PolicyResult } from '../operations/policy/request.js'
import type { GeneratedPolicy } from '../permissions/policy-template.js'
import type { ConnectionChoices } from './connection.js'

type Asked = Pick<PolicyRequest, 'queue' | 'callerArn'>

/** A single document says nothing of where it belongs: this does, in sentences and commands. Statements are merged by hand. */
export function attaching(
  request: Asked,
  { documents, context }: PolicyResult,
  connection: ConnectionChoices,
): readonly string[] {
  const [only] = documents
  if (only === undefined || documents.length > 1) return []
  // Where nobody was asked, the queue was given with its Region.
  const { profile = null, endpointUrl: endpoint = context?.endpoint ?? null } = connection
  const region = connection.region ?? context?.region ?? request.queue.split(':')[3] ?? ''
  const iam = (...words: readonly string[]) => awsCommand({ profile, endpoint, region }, 'iam', ...words)
  if (only.for === 'role') {
    const role = only.attachTo?.name ?? '<role>'
    const put = iam('put-role-policy', '--role-name', role, '--policy-name', only.name, ...fromFile)
    return ['Saved as policy.json, it is written by:', put]
  }
  if (only.for !== 'caller') return []
  const who = request.callerArn ?? context?.caller ?? ''
  if (who.includes('AWSReservedSSO_')) return [permissionSet]
  return callerLines(only, context, iam)
}

const fromFile = ['--policy-document', 'file://policy.json']

/** https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutInlinePolicyToPermissionSet.html */
const permissionSet =
  'The caller is a role of IAM Identity Center, which takes no policy from outside: make this the inline policy of its permission set there, or add it to the one that is there, and provision the set again.'

function callerLines(
  { name, account, attachTo }: GeneratedPolicy,
  context: PolicyResult['context'],
  iam: (...words: readonly string[]) => string,
): readonly string[] {
  const create = iam('create-policy', '--policy-name', name, ...fromFile)
  const [, partition = context?.partition ?? 'aws', , , owner = account] = attachTo?.arn.split(':') ?? []
  const arn = `arn:${partition}:iam::${owner}:policy/${name}`
  const where = context === null || context.account === owner ? '' : ` in account ${owner}`
  if (attachTo?.kind !== 'user' && attachTo?.kind !== 'role') {
    return [
      `Saved as policy.json, it is written${where} by:`,
      create,
      `Then attach ${arn} to the user or role that is to run the commands. With --caller-arn that command stands here, too.`,
    ]
  }
  const { kind, name: holder } = attachTo
  return [
    `Saved as policy.json, it is written and attached to ${kind} ${holder}${where} by:`,
    create,
    iam(`attach-${kind}-policy`, `--${kind}-name`, holder, '--policy-arn', arn),
  ]
}
