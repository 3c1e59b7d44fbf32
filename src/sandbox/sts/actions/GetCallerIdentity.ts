import { defineAction } from '../../define-action.js'

/** Needs no permission: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export default defineAction({
  service: 'sts',
  name: 'GetCallerIdentity',
  decode: () => ({}),
  needs: () => [],
  run: (_input, { principal }) => ({
    UserId: principal.userId,
    Account: principal.account,
    Arn: principal.arn,
  }),
})
