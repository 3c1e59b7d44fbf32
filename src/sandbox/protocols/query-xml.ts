import { AwsFault } from '../aws-fault.js'
import type { Service } from '../define-action.js'
import type { RawInput } from '../raw-input.js'
import type { Protocol } from './protocol.js'

/*
 * The query protocol of IAM, STS, CloudFormation and older clients of CloudWatch: a form with Action, Version and dotted names; XML comes back.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 *
 * Requests are folded before an action's `decode` sees them:
 *   RoleName=x                                          → { RoleName: 'x' }
 *   ActionNames.member.1=a & ActionNames.member.2=b     → { ActionNames: ['a', 'b'] }
 *   ContextEntries.member.1.ContextKeyName=k
 *   ContextEntries.member.1.ContextKeyValues.member.1=v → { ContextEntries: [{ ContextKeyName: 'k', ContextKeyValues: ['v'] }] }
 *   Tags.member.1.Key=a & Tags.member.1.Value=b         → { Tags: [{ Key: 'a', Value: 'b' }] }
 *   Map.entry.1.key=a & Map.entry.1.value=b             → { Map: { a: 'b' } }
 *   PolicyInputList=  (an empty list)                   → { PolicyInputList: '' }
 * Every value is a string (numbers and booleans too: 'true', '100'). Action and Version are left out.
 *
 * Answers are rendered from plain values, by API member names, below <OperationResult>:
 *   undefined → left out · string, number, boolean → text · Date → ISO 8601 without milliseconds
 *   object → one element a member · array → <member> elements · Map → <entry><key/><value/></entry> elements
 *   `run` returning undefined → no <OperationResult> at all (PutRolePolicy and its like)
 * Texts are escaped; a policy document is percent-encoded by the action, as IAM does.
 */
const versions: Readonly<Record<string, { readonly service: Service; readonly xmlns: string }>> = {
  '2010-05-08': { service: 'iam', xmlns: 'https://iam.amazonaws.com/doc/2010-05-08/' },
  '2010-08-01': { service: 'cloudwatch', xmlns: 'http://monitoring.amazonaws.com/doc/2010-08-01/' },
  '2010-05-15': { service: 'cloudformation', xmlns: 'http://cloudformation.amazonaws.com/doc/2010-05-15/' },
  '2011-06-15': { service: 'sts', xmlns: 'https://sts.amazonaws.com/doc/2011-06-15/' },
}

export const queryXml: Protocol = {
  route: (request, actions) => {
    if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return undefined
    const form = new URLSearchParams(request.body.toString('utf8'))
    const version = form.get('Version') ?? ''
    const known = Object.hasOwn(versions, version) ? versions[version] : undefined
    if (known === undefined) return undefined
    const operation = form.get('Action') ?? ''
    return {
      service: known.service,
      operation,
      action: actions.find((action) => action.service === known.service && action.name === operation),
      read: () => fold(form),
    }
  },

  answer: (routed, output, requestId) => {
    const { operation, service } = routed
    const result = output === undefined ? '' : element(`${operation}Result`, output)
    return xml(
      200,
      `<${operation}Response xmlns="${xmlnsOf(service)}">${result}` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
    )
  },

  fault: (service, fault, requestId) => {
    const type = fault.status >= 500 ? 'Receiver' : 'Sender'
    const error = element('Error', {
      Type: type,
      Code: fault.queryCode ?? fault.code,
      Message: fault.message,
      ...fault.members,
    })
    return xml(
      fault.status,
      `<ErrorResponse xmlns="${xmlnsOf(service)}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`,
    )
  },
}

function xml(status: number, body: string) {
  return { status, headers: { 'content-type': 'text/xml' }, body }
}

function xmlnsOf(service: Service): string {
  return Object.values(versions).find((version) => version.service === service)?.xmlns ?? ''
}

/** A form under construction. Maps have no prototype that a name such as __proto__ could reach. */
type Tree = Map<string, Tree | string>

/** A name of more parts than any IAM or STS parameter has is refused rather than recursed into. */
const deepestName = 12

function fold(form: URLSearchParams): RawInput {
  const root: Tree = new Map()
  for (const [name, value] of form) {
    if (name === 'Action' || name === 'Version') continue
    const parts = name.split('.')
    const last = parts.pop() ?? name
    if (parts.length > deepestName) throw malformed(name)
    let node = root
    for (const part of parts) {
      const next = node.get(part) ?? new Map()
      if (typeof next === 'string') throw malformed(name)
      node.set(part, next)
      node = next
    }
    node.set(last, value)
  }
  return Object.fromEntries([...root].map(([name, node]) => [name, plain(node)]))
}

function plain(node: Tree | string): unknown {
  if (typeof node === 'string') return node
  const list = node.size === 1 ? node.get('member') : undefined
  if (list instanceof Map) return inOrder(list).map(plain)
  const entries = node.size === 1 ? node.get('entry') : undefined
  if (entries instanceof Map) {
    return Object.fromEntries(
      inOrder(entries).flatMap((entry) => {
        const key = entry instanceof Map ? entry.get('key') : undefined
        const value = entry instanceof Map ? entry.get('value') : undefined
        return typeof key === 'string' && value !== undefined ? [[key, plain(value)]] : []
      }),
    )
  }
  return Object.fromEntries([...node].map(([name, child]) => [name, plain(child)]))
}

function inOrder(numbered: Tree): readonly (Tree | string)[] {
  return [...numbered].sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child)
}

function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return ''
  return `<${name}>${content(value)}</${name}>`
}

function content(value: unknown): string {
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, 'Z')
  if (value instanceof Map) {
    return [...value]
      .map(([key, item]) => `<entry>${element('key', key)}${element('value', item)}</entry>`)
      .join('')
  }
  if (Array.isArray(value)) return value.map((item) => element('member', item)).join('')
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, item]) => element(name, item))
      .join('')
  }
  return escapeXml(String(value))
}

function escapeXml(text: string): string {
  return (
    text
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      .replace(/\r/g, '&#xD;')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold these at all
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
  )
}

function malformed(name: string): AwsFault {
  return new AwsFault('MalformedInput', `The parameter name ${name.slice(0, 100)} cannot be read.`, {
    recorded: false,
  })
}
