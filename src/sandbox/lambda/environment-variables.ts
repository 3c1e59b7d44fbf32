import type { AccessKey } from '../iam/state.js'
import type { World } from '../world.js'
import type { FunctionVersion, LambdaFunction } from './state.js'

/**
 * The whole environment of a handler's process: nothing of the sandbox's own is passed on.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentVariables(
  world: World,
  fn: LambdaFunction,
  { settings, version }: FunctionVersion,
  run: { readonly taskRoot: string; readonly logStream: string; readonly key: AccessKey },
): Readonly<Record<string, string>> {
  return {
    ...settings.environment,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    LAMBDA_TASK_ROOT: run.taskRoot,
    _HANDLER: settings.handler,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_REGION: fn.region,
    AWS_DEFAULT_REGION: fn.region,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logging.group,
    AWS_LAMBDA_LOG_STREAM_NAME: run.logStream,
    AWS_ACCESS_KEY_ID: run.key.id,
    AWS_SECRET_ACCESS_KEY: run.key.secret,
    ...(run.key.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: run.key.sessionToken }),
    // So that the SDK in a handler talks to the sandbox, and cannot reach AWS by accident.
    AWS_ENDPOINT_URL: world.endpoint,
  }
}
