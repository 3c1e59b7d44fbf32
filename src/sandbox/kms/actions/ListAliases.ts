import { defineAction } from '../../define-action.js'
import { arnOf } from '../find-key.js'
import { optionalInteger, optionalText } from '../input.js'
import { pageFrom, pageOf } from '../paging.js'
import { homeOf, requireKey } from '../require-key.js'

/**
 * Aliases of the account in the Region. The one of SQS is always there; its key comes with its first use.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html
 */
export default defineAction({
  service: 'kms',
  name: 'ListAliases',
  decode: (raw) => ({
    reference: optionalText(raw, 'KeyId'),
    limit: optionalInteger(raw, 'Limit', [1, 100]) ?? 50,
    from: pageFrom(raw),
  }),
  needs: () => [{ action: 'kms:ListAliases', resource: '*' }],
  run: ({ reference, limit, from }, call) => {
    const { world } = call
    const prefix = arnOf(world, 'alias/', homeOf(call))
    const ofSqs = arnOf(world, 'alias/aws/sqs', homeOf(call))
    const targets = new Map([[ofSqs, undefined], ...world.kms.aliases])
    const wanted = reference === undefined ? undefined : requireKey(call, reference).arn
    const aliases = [...targets]
      .filter(([arn, alias]) => arn.startsWith(prefix) && (wanted === undefined || alias?.target === wanted))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([arn, alias]) => ({
        AliasName: arn.slice(prefix.length - 'alias/'.length),
        AliasArn: arn,
        ...(alias && {
          TargetKeyId: alias.target.split('/').at(-1),
          CreationDate: alias.createdAt / 1000,
          LastUpdatedDate: alias.createdAt / 1000,
        }),
      }))
    const { items, end } = pageOf(aliases, from, limit)
    return { Aliases: items, ...end }
  },
})
