# frozen_string_literal: true

# Adds two numbers.
module Sum
  def self.add(left, right)
    left + right
  end
end
