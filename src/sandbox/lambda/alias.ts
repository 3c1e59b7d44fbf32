import { notFound } from './find-function.js'
import type { FunctionAlias, LambdaFunction } from './state.js'

/** AliasConfiguration as the API shows it. */
export function aliasConfiguration(
  fn: LambdaFunction,
  alias: FunctionAlias,
): Readonly<Record<string, unknown>> {
  return {
    AliasArn: `${fn.arn}:${alias.name}`,
    Name: alias.name,
    FunctionVersion: alias.functionVersion,
    Description: alias.description,
    ...(alias.routingConfig ? { RoutingConfig: alias.routingConfig } : {}),
    RevisionId: alias.revisionId,
  }
}

/** Throws ResourceNotFoundException. */
export function findAlias(fn: LambdaFunction, name: string): FunctionAlias {
  const alias = fn.aliases.get(name)
  if (!alias) throw notFound(`Cannot find alias arn: ${fn.arn}:${name}`)
  return alias
}
