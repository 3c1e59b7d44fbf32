import { partitionOf } from '../aws/partition.js'
import { awsCommand } from '../command-line.js'
import type { Fix } from './finding.js'
import type { RuleContext } from './rule.js'

/** A fix that one aws-cli command makes, with the user's Region, profile and endpoint. */
export function awsFix(context: RuleContext, summary: string, ...words: readonly string[]): Fix {
  return { summary, commands: [{ shell: 'posix', text: awsCommand(context, ...words) }], automatic: false }
}

/** A fix that no command makes: what to do, in words. */
export function advice(summary: string): Fix {
  return { summary, commands: [], automatic: false }
}

/** An ARN names a queue, a URL is what SQS's calls want. */
function queueUrlOf({ queueArn, endpoint }: RuleContext): string {
  const [, , , region = '', account, name] = queueArn.split(':')
  const host = endpoint ?? `https://sqs.${region}.${partitionOf(region).dnsSuffix}`
  return `${host.replace(/\/+$/, '')}/${account}/${name}`
}

/**
 * Sets attributes of the queue. In another account no policy can allow that, so it is the owner's to do.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html
 */
export function queueAttributesFix(
  context: RuleContext,
  summary: string,
  attributes: Readonly<Record<string, string>>,
): Fix {
  const owner = context.queueArn.split(':')[4]
  if (owner !== context.account) {
    const names = Object.entries(attributes).map(([name, value]) => `${name}=${value}`)
    return advice(`${summary} Only account ${owner} can do that: set ${names.join(', ')}.`.trim())
  }
  const url = queueUrlOf(context)
  const words = [
    'sqs',
    'set-queue-attributes',
    '--queue-url',
    url,
    '--attributes',
    JSON.stringify(attributes),
  ]
  return awsFix(context, summary, ...words)
}
