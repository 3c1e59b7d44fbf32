/** The version that was built, or a placeholder when the sources run unbuilt. */
export const version: string = typeof SQS_TRIGGER_VERSION === 'string' ? SQS_TRIGGER_VERSION : '0.0.0-source'
