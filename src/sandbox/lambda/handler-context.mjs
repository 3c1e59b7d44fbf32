/**
 * The context that a handler gets.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 * @param {{ requestId: string, remainingMs: number, functionArn: string, clientContext?: string }} message
 * @param {{ waitsForEmptyLoop: boolean }} invocation
 * @param {{ done: (error: unknown, result: unknown) => void, fail: (error: unknown) => void, succeed: (result: unknown) => void }} endings
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function contextOf(message, invocation, endings, env) {
  const deadline = Date.now() + message.remainingMs
  return {
    get callbackWaitsForEmptyEventLoop() {
      return invocation.waitsForEmptyLoop
    },
    set callbackWaitsForEmptyEventLoop(waits) {
      invocation.waitsForEmptyLoop = waits
    },
    ...endings,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: message.clientContext === undefined ? undefined : JSON.parse(message.clientContext),
    identity: undefined,
    invokedFunctionArn: message.functionArn,
    awsRequestId: message.requestId,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  }
}
