package sample;

public final class Sum {
    private Sum() {}

    public static int add(int left, int right) {
        return left + right;
    }
}
