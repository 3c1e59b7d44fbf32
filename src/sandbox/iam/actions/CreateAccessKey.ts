import { defineAction } from '../../define-action.js'
import { issueAccessKey } from '../access-keys.js'
import { optionalText } from '../input.js'
import { ownName } from '../own-name.js'
import { requireUser, userArn } from '../require-entity.js'

/** Without a name: for the caller itself. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
export default defineAction({
  service: 'iam',
  name: 'CreateAccessKey',
  decode: (raw) => ({ name: optionalText(raw, 'UserName') }),
  needs: ({ name }, call) => [
    {
      action: 'iam:CreateAccessKey',
      resource: name === undefined ? call.principal.arn : userArn(call, name),
    },
  ],
  run: ({ name }, call) => {
    const user = requireUser(call, name ?? ownName(call))
    const key = issueAccessKey(call.world, {
      kind: 'user',
      account: user.account,
      userName: user.name,
      arn: user.arn,
      userId: user.id,
    })
    return {
      AccessKey: {
        UserName: user.name,
        AccessKeyId: key.id,
        Status: 'Active',
        SecretAccessKey: key.secret,
        CreateDate: new Date(call.world.clock.now()),
      },
    }
  },
})
