import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'function-tenant-isolated',
  group: 'function',
  title: 'The function isolates tenants, and a queue names none',
  severity: 'error',
  // That a call needs a tenant is documented; that a mapping is refused is not.
  enforcedByAws: false,
  subject: 'function',
  needs: ['lambdaFunction'],
  why: 'Every call of a function with tenant isolation must name a tenant. Lambda calls it for a queue without one, so that no message can be processed.',
  example: {
    bad: { lambdaFunction: { tenantIsolated: true } },
    good: { lambdaFunction: { tenantIsolated: false } },
  },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation-invoke.html',
    'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda.TenancyConfig.html',
  ],
  judge: ({ lambdaFunction: { name, tenantIsolated } }) => {
    const grounds = { observed: tenantIsolated ? 'PER_TENANT' : null, expected: null }
    return tenantIsolated
      ? bad({}, grounds)
      : good(`Function ${name} can be called without naming a tenant.`, grounds)
  },
  message: (_, { functionName, queueName }) =>
    `Function ${functionName} isolates tenants: each call must name one, and those for queue ${queueName} cannot.`,
  fix: (_, { functionName, queueName }) =>
    advice(
      `Let another function read from ${queueName} and call ${functionName} with the tenant's id: isolation cannot be switched off once a function is made.`,
    ),
})
