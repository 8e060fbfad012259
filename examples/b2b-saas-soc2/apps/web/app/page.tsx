export const dynamic = 'force-dynamic'

interface Period { id: string, month: string, closed: boolean }

export default async function Page() {
  const response = await fetch(`${process.env.API_URL}/periods`, { cache: 'no-store' })
  const periods = (await response.json()) as Period[]
  return (
    <ul>
      {periods.map((period) => (
        <li key={period.id}>
          {period.month}: {period.closed ? 'closed' : 'open'}
        </li>
      ))}
    </ul>
  )
}
