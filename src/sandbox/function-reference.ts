import { AwsFault } from './aws-fault.js'
import type { Call } from './define-action.js'

/** A function as a request names it, made whole from the caller's account and Region. */
export interface FunctionReference {
  /** As AWS echoes it: with the qualifier when one was given. */
  readonly arn: string
  readonly unqualifiedArn: string
  readonly region: string
  readonly account: string
  readonly name: string
  readonly qualifier: string | undefined
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html, FunctionName */
export const functionNamePattern =
  /^(arn:aws[a-zA-Z-]*:lambda:)?([a-z]{2}(?:-[a-z]+)+-\d:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(?::(\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$/

/** Name, `name:alias`, partial ARN or full ARN; undefined for anything else. */
export function readFunctionReference(
  text: string,
  caller: { readonly partition: string; readonly region: string; readonly account: string },
): FunctionReference | undefined {
  const match = functionNamePattern.exec(text)
  if (!match) return undefined
  const [, , givenRegion, givenAccount, , name = '', qualifier] = match
  const region = givenRegion?.slice(0, -1) ?? caller.region
  const account = givenAccount?.slice(0, -1) ?? caller.account
  const unqualifiedArn = `arn:${caller.partition}:lambda:${region}:${account}:function:${name}`
  const arn = qualifier === undefined ? unqualifiedArn : `${unqualifiedArn}:${qualifier}`
  return { arn, unqualifiedArn, region, account, name, qualifier }
}

/** As `readFunctionReference`, for a name that has passed the constraint layer. */
export function referenceOf(functionName: string, call: Call): FunctionReference {
  const { world, region, principal } = call
  const caller = { partition: world.partition, region, account: principal.account }
  const reference = readFunctionReference(functionName, caller)
  if (!reference)
    throw new AwsFault('InvalidParameterValueException', 'Function does not exist', { recorded: false })
  return reference
}
