import { defineAction } from '../../define-action.js'
import { optionalText } from '../input.js'
import { ownName } from '../own-name.js'
import { requireUser, userArn } from '../require-entity.js'
import { userShape } from '../shapes.js'

/** Without a name: the caller itself. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
export default defineAction({
  service: 'iam',
  name: 'GetUser',
  decode: (raw) => ({ name: optionalText(raw, 'UserName') }),
  needs: ({ name }, call) => [
    { action: 'iam:GetUser', resource: name === undefined ? call.principal.arn : userArn(call, name) },
  ],
  run: ({ name }, call) => ({ User: userShape(requireUser(call, name ?? ownName(call))) }),
})
