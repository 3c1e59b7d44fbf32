import { endpointHint } from '../not-aws.js'
import type { FailedCall, KnownAnswer } from './known-answer.js'
import { serviceTitle, where } from './words.js'

const to = (call: FailedCall) => `${serviceTitle(call)}${where(call)}`
/** aws-cli puts the address into its words. */
const hint = ({ endpoint, proxyVariable }: FailedCall, { input }: RegExpExecArray) => {
  if (proxyVariable !== undefined)
    return `The call goes through the proxy that ${proxyVariable} names: check that it is the right one. NO_PROXY lists addresses to reach without it.`
  const [, address] = / URL: "(\S+?)"/.exec(input) ?? []
  if (endpoint || address === undefined) return endpointHint(endpoint)
  return /\bamazonaws\.com/.test(address)
    ? `Check that ${address} has a Region in it that there is, then the network and the proxy.`
    : `Check that ${address} (--endpoint-url, AWS_ENDPOINT_URL, a proxy or the profile) is the right address, and that something listens there.`
}

/** Refused connections, silence, HTML and answers cut short, in the words of the SDK 3.1164.0 and of aws-cli 1.45. */
export const endpointAnswers: readonly KnownAnswer[] = [
  {
    slug: 'connection-broken',
    title: 'The connection broke off before the answer was complete',
    code: 'ENDPOINT_UNREACHABLE',
    when: [
      { names: /^(?:ECONNRESET|EPIPE)$/ },
      {
        text: /^aborted$|^(?:Unexpected end of JSON input|Unterminated|Connection was closed before we received)/,
      },
    ],
    message: (call) => `The connection to ${to(call)} broke off before the answer was complete.`,
    hint,
  },
  {
    slug: 'endpoint-silent',
    title: 'The endpoint did not answer in time',
    code: 'ENDPOINT_TIMED_OUT',
    when: [
      { names: /^(?:TimeoutError|ETIMEDOUT)$/ },
      { text: /\bETIMEDOUT\b|^(?:Connect|Read) timeout on endpoint URL: / },
    ],
    message: (call) => `${to(call)} did not answer in time.`,
    hint,
  },
  {
    slug: 'endpoint-is-not-aws',
    title: 'Something else than AWS answered',
    code: 'ENDPOINT_NOT_AWS',
    when: [
      // The SDK's own words where an error came without a code: a proxy's page that happens to parse, or no body at all.
      { names: /^Unknown$/, text: /^Unknown(?:Error)?$/ },
      { names: /^SyntaxError$/ },
      { text: /XML parse error|is not valid JSON/ },
    ],
    message: (call, _, { status }) => {
      const address = call.endpoint ? `, ${call.endpoint},` : ''
      const code = status === undefined ? '' : ` (HTTP ${status})`
      return `The endpoint for ${to(call)}${address} answered something that is not AWS's protocol${code}.`
    },
    hint,
  },
  {
    slug: 'endpoint-unreachable',
    title: 'The endpoint cannot be reached',
    code: 'ENDPOINT_UNREACHABLE',
    says: 'connect ECONNREFUSED 127.0.0.1:1',
    when: [
      {
        names: /^(?:E[A-Z_]+|CERT_\w+|DEPTH_ZERO\w+|SELF_SIGNED\w+|UNABLE_TO\w+|ERR_\w+)$/,
      },
      { text: /^(?:connect E[A-Z]+|getaddrinfo E[A-Z_]+)\b/ },
      {
        text: /^(?:Could not connect to the endpoint URL|Failed to connect to proxy URL): |^SSL validation failed for /,
      },
    ],
    message: (call, { input }) => `${to(call)} cannot be reached: ${input}`,
    hint,
  },
]
