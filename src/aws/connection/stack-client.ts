import { CloudFormationClient, type CloudFormationClientConfig } from '@aws-sdk/client-cloudformation'

/** In a module of its own, so that the rest of the SDK's package stays out of the bundle and out of every start. */
export function newCloudFormationClient(config: CloudFormationClientConfig): CloudFormationClient {
  return new CloudFormationClient(config)
}
