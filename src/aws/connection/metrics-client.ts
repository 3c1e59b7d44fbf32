import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch'

/** In a module of its own, so that the rest of the SDK's package stays out of the bundle and out of every start. */
export function newCloudWatchClient(config: CloudWatchClientConfig): CloudWatchClient {
  return new CloudWatchClient(config)
}
