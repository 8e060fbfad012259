// Command sample prints a sum.
package main

import (
	"fmt"

	"example.com/greeting"
)

func add(left, right int) int { return left + right }

func main() {
	fmt.Println(greeting.To("sample"), add(1, 2))
}
