export const GET = () => Response.json({ status: 'healthy' })
