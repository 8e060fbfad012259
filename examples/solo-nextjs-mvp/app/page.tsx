import { db } from '../lib/db'

export const dynamic = 'force-dynamic'

export default async function Page() {
  const books = await db.book.findMany({ where: { lentTo: null }, orderBy: { title: 'asc' }, take: 50 })
  return (
    <main>
      <h1>Books to borrow</h1>
      <ul>
        {books.map((book) => (
          <li key={book.id}>
            {book.title}, {book.author}
          </li>
        ))}
      </ul>
    </main>
  )
}
