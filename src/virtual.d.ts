/** Made by `npm run build` from the registry: the answer to tools/list. */
declare module 'virtual:tools' {
  const tools: readonly import('@modelcontextprotocol/sdk/types.js').Tool[]
  export default tools
}
/** The version of package.json. */
declare module 'virtual:version' {
  const version: string
  export default version
}
