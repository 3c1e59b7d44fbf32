import { defineAction } from '../../define-action.js'
import { accountConcurrency, unreservedConcurrency } from '../concurrency.js'

/** The default quotas. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const codeStorageBytes = 75 * 1024 ** 3
const unzippedBytes = 250 * 1024 ** 2
const zippedBytes = 50 * 1024 ** 2

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
export default defineAction({
  service: 'lambda',
  name: 'GetAccountSettings',
  rest: { method: 'GET', path: '/2016-08-19/account-settings', status: 200 },
  decode: () => undefined,
  needs: () => [{ action: 'lambda:GetAccountSettings', resource: '*' }],
  run: (_input, { world, principal, region }) => {
    const place = { account: principal.account, region }
    const own = [...world.lambda.functions.values()].filter(
      (fn) => fn.account === place.account && fn.region === place.region,
    )
    return {
      AccountLimit: {
        TotalCodeSize: codeStorageBytes,
        CodeSizeUnzipped: unzippedBytes,
        CodeSizeZipped: zippedBytes,
        ConcurrentExecutions: accountConcurrency,
        UnreservedConcurrentExecutions: unreservedConcurrency(world, place),
      },
      AccountUsage: {
        TotalCodeSize: own.reduce((total, fn) => total + fn.latest.code.size, 0),
        FunctionCount: own.length,
      },
    }
  },
})
