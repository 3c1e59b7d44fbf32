import { AwsFault } from '../aws-fault.js'
import { roleMay } from '../event-source/role-access.js'
import { structure, text } from '../members.js'
import type { World } from '../world.js'
import type { FunctionSettings } from './settings.js'

/**
 * A queue may be a function's own dead-letter queue only if the role may send to it. Throws
 * InvalidParameterValueException: the sentence was seen in the field, and its first words have changed since.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function checkDeadLetterTarget(world: World, { roleArn, shown }: FunctionSettings): void {
  const arn = text(structure(shown, 'DeadLetterConfig') ?? {}, 'TargetArn')
  const [, , service, region = '', account = '', name = ''] = arn?.split(':') ?? []
  if (!arn || service !== 'sqs') return
  const queue = { arn, region, account, name, fifo: name.endsWith('.fifo') }
  if (roleMay(world, roleArn, 'SendMessage', queue)) return
  throw new AwsFault(
    'InvalidParameterValueException',
    'The provided execution role does not have permissions to call SendMessage on SQS',
    { recorded: false },
  )
}
