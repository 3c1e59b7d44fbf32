import {
  ResourceGroupsTaggingAPIClient,
  type ResourceGroupsTaggingAPIClientConfig,
} from '@aws-sdk/client-resource-groups-tagging-api'

/** In a module of its own, so that the rest of the SDK's package stays out of the bundle and out of every start. */
export function newTaggingClient(
  config: ResourceGroupsTaggingAPIClientConfig,
): ResourceGroupsTaggingAPIClient {
  return new ResourceGroupsTaggingAPIClient(config)
}
