import { nameIn, roleNameOf } from './arn.js'
import type { RepairChange } from './change.js'
import { awsCommand, type Destination } from './command-line.js'
import { partitionOf } from './partition.js'

/** The aws-cli command that makes the same change: complete, ready to paste. */
export function commandFor(change: RepairChange, destination: Destination): string {
  const aws = (...words: readonly string[]) => awsCommand(destination, ...words)
  switch (change.type) {
    case 'role-policy': {
      const names = ['--role-name', roleNameOf(change.roleArn), '--policy-name', change.policyName]
      if (change.action === 'delete') return aws('iam', 'delete-role-policy', ...names)
      return aws('iam', 'put-role-policy', ...names, '--policy-document', JSON.stringify(change.policy))
    }
    case 'queue': {
      const name = nameIn(change.queueArn)
      return aws('sqs', 'create-queue', '--queue-name', name, ...attributes(change.attributes))
    }
    case 'queue-attributes': {
      const url = queueUrlOf(change.queueArn, destination)
      return aws('sqs', 'set-queue-attributes', '--queue-url', url, ...attributes(change.attributes))
    }
  }
}

const attributes = (named: Readonly<Record<string, string>>) =>
  Object.keys(named).length === 0 ? [] : ['--attributes', JSON.stringify(named)]

/** An ARN names a queue, a URL is what SQS's calls want. */
function queueUrlOf(queueArn: string, { endpoint }: Destination): string {
  const [, , , region = '', account, name] = queueArn.split(':')
  const host = endpoint ?? `https://sqs.${region}.${partitionOf(region).dnsSuffix}`
  return `${host.replace(/\/+$/, '')}/${account}/${name}`
}
