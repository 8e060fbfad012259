import { defineTarget } from './define.ts'

/** Azure App Service with a container: into the staging slot, then swapped. */
export const azure = defineTarget({
  id: 'azure', cloud: 'azure', image: 'acr', programs: ['az'], variables: ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_SUBSCRIPTION_ID', 'AZURE_WEBAPP', 'AZURE_RESOURCE_GROUP'],
  lines: () => [
    'az webapp config container set --name "$AZURE_WEBAPP" --resource-group "$AZURE_RESOURCE_GROUP" --slot staging --container-image-name "$IMAGE" --output none',
    'az webapp deployment slot swap --name "$AZURE_WEBAPP" --resource-group "$AZURE_RESOURCE_GROUP" --slot staging',
  ],
})
