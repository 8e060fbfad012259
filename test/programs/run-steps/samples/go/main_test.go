package main

import "testing"

func TestAdd(t *testing.T) {
	if sum := add(1, 2); sum != 3 {
		t.Errorf("add(1, 2) = %d, want 3", sum)
	}
}
