import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { arnOf } from '../find-key.js'
import { requiredText } from '../input.js'
import { homeOf, keyPermission, refusePendingDeletion, requireKey } from '../require-key.js'

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export default defineAction({
  service: 'kms',
  name: 'CreateAlias',
  decode: (raw) => ({ alias: requiredText(raw, 'AliasName'), target: requiredText(raw, 'TargetKeyId') }),
  needs: ({ alias, target }, call) => [
    { action: 'kms:CreateAlias', resource: arnOf(call.world, alias, homeOf(call)) },
    ...keyPermission(call, 'kms:CreateAlias', target),
  ],
  run: ({ alias, target }, call) => {
    const { world } = call
    if (!/^alias\/[\w/-]+$/.test(alias) || alias.startsWith('alias/aws/')) {
      throw new AwsFault(
        'InvalidAliasNameException',
        'An alias begins with alias/ and not with alias/aws/.',
        {
          recorded: false,
        },
      )
    }
    const arn = arnOf(world, alias, homeOf(call))
    if (world.kms.aliases.has(arn)) {
      throw new AwsFault('AlreadyExistsException', `An alias with the name ${arn} already exists`, {
        recorded: false,
      })
    }
    const key = requireKey(call, target)
    refusePendingDeletion(key)
    world.kms.aliases.set(arn, { target: key.arn, createdAt: world.clock.now() })
  },
})
