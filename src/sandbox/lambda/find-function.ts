import { AwsFault } from '../aws-fault.js'
import type { Call } from '../define-action.js'
import { functionNamePattern, readFunctionReference } from '../function-reference.js'
import type { World } from '../world.js'
import type { FunctionVersion, LambdaFunction } from './state.js'

/** A function as a request meant it. */
export interface FoundFunction {
  readonly fn: LambdaFunction
  /** What an invocation runs: $LATEST, the version, or the one that the alias points to. */
  readonly version: FunctionVersion
  /** With the qualifier when one was given. */
  readonly arn: string
  readonly qualifier: string | undefined
}

export interface FunctionName {
  readonly unqualifiedArn: string
  /** With the qualifier when one was given: the resource of permissions. */
  readonly arn: string
  readonly qualifier: string | undefined
}

type Caller = Pick<Call, 'principal' | 'region'>

/**
 * Reads name, `name:qualifier`, partial or full ARN. Throws what AWS answers to a malformed name, to two different
 * qualifiers, and to a function of another Region.
 */
export function readFunctionName(
  world: World,
  nameOrArn: string,
  qualifier: string | undefined,
  call: Caller,
): FunctionName {
  const { partition } = world
  const caller = { partition, region: call.region, account: call.principal.account }
  const reference = readFunctionReference(nameOrArn, caller)
  if (!reference) {
    throw new AwsFault(
      'ValidationException',
      `1 validation error detected: Value '${nameOrArn}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${functionNamePattern.source}`,
      { recorded: false },
    )
  }
  if (reference.name.length > 64) {
    throw new AwsFault(
      'InvalidParameterValueException',
      `1 validation error detected: Value '${reference.name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
      { recorded: false },
    )
  }
  if (reference.qualifier && qualifier && reference.qualifier !== qualifier) {
    throw new AwsFault(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
      { recorded: false },
    )
  }
  if (reference.region !== call.region) {
    throw notFound(
      `Functions from '${reference.region}' are not reachable in this region ('${call.region}')`,
      false,
    )
  }
  const wanted = qualifier ?? reference.qualifier
  return {
    unqualifiedArn: reference.unqualifiedArn,
    arn: wanted === undefined ? reference.unqualifiedArn : `${reference.unqualifiedArn}:${wanted}`,
    qualifier: wanted,
  }
}

/** The function of that name, or the ResourceNotFoundException that AWS answers. */
export function findFunction(
  world: World,
  nameOrArn: string,
  qualifier: string | undefined,
  call: Caller,
): FoundFunction {
  const name = readFunctionName(world, nameOrArn, qualifier, call)
  const found = lookUpFunction(world, name.arn)
  if (found) return found
  const isAlias = name.qualifier !== undefined && !/^(\d+|\$LATEST)$/.test(name.qualifier)
  throw world.lambda.functions.has(name.unqualifiedArn) && isAlias
    ? notFound(`Cannot find alias arn: ${name.arn}`)
    : notFound(`Function not found: ${name.arn}`)
}

/** By full ARN, qualified or not; undefined when function, version or alias does not exist. */
export function lookUpFunction(world: World, functionArn: string): FoundFunction | undefined {
  const parts = functionArn.split(':')
  const qualifier = parts[7]
  const fn = world.lambda.functions.get(parts.slice(0, 7).join(':'))
  const version = fn && versionOf(fn, qualifier)
  return fn && version && { fn, version, arn: functionArn, qualifier }
}

function versionOf(fn: LambdaFunction, qualifier: string | undefined): FunctionVersion | undefined {
  if (qualifier === undefined || qualifier === '$LATEST') return fn.latest
  const alias = fn.aliases.get(qualifier)
  const number = alias?.functionVersion ?? qualifier
  return number === '$LATEST' ? fn.latest : fn.versions.get(number)
}

export function notFound(message: string, recorded = true): AwsFault {
  return new AwsFault('ResourceNotFoundException', message, { status: 404, recorded })
}
