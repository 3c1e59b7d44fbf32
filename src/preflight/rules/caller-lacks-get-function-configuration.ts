import { callerLacks } from '../caller-permission-rule.js'

export default callerLacks({
  slug: 'caller-lacks-get-function-configuration',
  actions: ['lambda:GetFunctionConfiguration'],
  severity: 'warning',
  resource: ({ functionArn }) => functionArn,
  title: 'You may not read the function',
  why: 'The timeout, the state and the execution role of the function are not known, so neither can its permissions be checked.',
  sources: ['https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html'],
})
