import type { RepairChange, SetQueueAttributes } from '../change.js'
import { commandFor } from '../change-command.js'
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

/**
 * A fix that is made of changes, in their order. The command to paste is derived from them, so that tool and people do
 * the same. `automatic`: the tool would really make them.
 */
export function changeFix(
  context: RuleContext,
  summary: string,
  changes: readonly RepairChange[],
  automatic: boolean,
): Fix {
  const text = changes.map((change) => commandFor(change, context)).join(' && ')
  return { summary, commands: [{ shell: 'posix', text }], automatic, changes }
}

/**
 * Sets attributes of the queue. In another account no policy can allow that, so it is the owner's to do.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html
 * @param by `tool`: the tool may do it itself. Default: a person decides.
 */
export function queueAttributesFix(
  context: RuleContext,
  summary: string,
  attributes: Readonly<Record<string, string>>,
  by: 'tool' | 'person' = 'person',
): Fix {
  const owner = context.queueArn.split(':')[4]
  if (owner !== context.account) {
    const names = Object.entries(attributes).map(([name, value]) => `${name}=${value}`)
    return advice(`${summary} Only account ${owner} can do that: set ${names.join(', ')}.`.trim())
  }
  return changeFix(context, summary, [attributesChange(context.queueArn, attributes)], by === 'tool')
}

export function attributesChange(
  queueArn: string,
  attributes: Readonly<Record<string, string>>,
): SetQueueAttributes {
  return {
    action: 'set',
    type: 'queue-attributes',
    iamAction: 'sqs:SetQueueAttributes',
    queueArn,
    attributes,
  }
}
