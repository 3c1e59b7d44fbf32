import type { World } from '../world.js'

/**
 * Condition keys that every request about a queue carries: its tags.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-abac-condition-keys.html
 */
export function queueFacts({ sqs }: World, arn: string): Record<string, readonly string[]> {
  const tags = sqs.queues.get(arn)?.tags ?? []
  return Object.fromEntries([...tags].map(([name, value]) => [`aws:ResourceTag/${name}`, [value]]))
}
