import type { World } from '../world.js'

/** The quota of an account that asked for none other. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const accountConcurrency = 1000
/** So much stays unreserved at least. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
export const leastUnreserved = 100

/** What no function of this account and Region has reserved for itself; `except` is left out of the sum. */
export function unreservedConcurrency(
  world: World,
  place: { readonly account: string; readonly region: string },
  except?: string,
): number {
  return [...world.lambda.functions.values()]
    .filter(
      ({ account, region, arn }) => account === place.account && region === place.region && arn !== except,
    )
    .reduce((left, { reservedConcurrency }) => left - (reservedConcurrency ?? 0), accountConcurrency)
}
