fn main() {
    paraph_shell::run();
}
