import { parseArn } from '../arn.js'
import type { Mapping } from '../mapping.js'
import type { CallContext } from './events.js'
import type { ConsoleLinks } from './results.js'

/** Hosts of the console by partition. The isolated partitions have no public one. */
const hosts: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
}

const suffixes: Readonly<Record<string, string>> = { 'aws-cn': 'amazonaws.com.cn' }

/** Pages of the AWS console for one mapping; null where there are none: on a custom endpoint or in an isolated partition. */
export function consoleLinks(
  mapping: Pick<Mapping, 'queueArn' | 'functionArn'>,
  logGroup: string,
  context: CallContext,
): ConsoleLinks | null {
  const host = hosts[context.partition]
  const queue = parseArn(mapping.queueArn)
  const called = /:function:([^:]+)/.exec(mapping.functionArn)?.[1]
  if (context.endpoint !== null || !host || !queue || !called) return null
  const { region } = context
  const page = (service: string, fragment: string) =>
    `https://${region}.${host}/${service}/home?region=${region}#${fragment}`
  const queueUrl = `https://sqs.${queue.region}.${suffixes[context.partition] ?? 'amazonaws.com'}/${queue.account}/${queue.resource}`
  return {
    queue: page('sqs/v3', `/queues/${encodeURIComponent(queueUrl)}`),
    function: page('lambda', `/functions/${called}?tab=configure`),
    // The console wants the name encoded twice, with $ for %.
    logs: page(
      'cloudwatch',
      `logsV2:log-groups/log-group/${encodeURIComponent(encodeURIComponent(logGroup)).replaceAll('%', '$')}`,
    ),
  }
}
