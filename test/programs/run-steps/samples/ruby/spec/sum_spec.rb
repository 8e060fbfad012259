# frozen_string_literal: true

require_relative "../lib/sum"

RSpec.describe Sum do
  it "adds" do
    expect(described_class.add(1, 2)).to eq(3)
  end
end
