/** The names under which the services tell that they are asked too often. */
export const throttlingNames =
  /^(?:TooManyRequestsException|Throttling(?:Exception)?|ThrottledException|RequestThrottled|RequestLimitExceeded|KmsThrottled|KMS\.ThrottlingException)$/
